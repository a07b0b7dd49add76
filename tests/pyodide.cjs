// Runs pytest in the very Python of the pages: node tests/pyodide.cjs <site-packages> <arguments>.
// The library and its tests are read from the checkout, pytest and hypothesis from an environment.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");

const ROOT = path.dirname(__dirname);
const VENDOR = path.join(ROOT, "explorable", "vendor", "pyodide");
const [environment, ...args] = process.argv.slice(2);

const unpacked = (name) => zlib.gunzipSync(fs.readFileSync(path.join(VENDOR, `${name}.gz`)));

async function main(folder) {
  fs.writeFileSync(path.join(folder, "pyodide.asm.wasm"), unpacked("core.wasm"));
  fs.writeFileSync(path.join(folder, "python_stdlib.zip"), unpacked("stdlib.zip"));
  const core = path.join(folder, "core.cjs");
  fs.writeFileSync(core, unpacked("core.js"));
  require(core); // which makes loadPyodide
  const worker = fs.readFileSync(path.join(ROOT, "explorable/python/browser/worker/worker.js"), "utf8");
  const lock = vm.runInNewContext(`${worker.match(/const LOCK = (\{.*?\n\});/s)[0]} LOCK`);
  const python = await loadPyodide({
    indexURL: `${folder}/`,
    lockFileContents: JSON.stringify(lock),
    packageBaseUrl: `${folder}/`,
    env: { HOME: "/home/reader", PYTHONDONTWRITEBYTECODE: "1", PYTEST_DISABLE_PLUGIN_AUTOLOAD: "1" },
  });
  python._module.HEAP32[python._module._PyThreadState_Get() / 4 + 9] = 500; // as in worker.js
  python.unpackArchive(new Uint8Array(unpacked("numpy.zip")), "zip", { extractDir: "/lib/python3.13/site-packages" });
  for (const [here, there] of [["/book", ROOT], ["/environment", path.resolve(environment)]]) {
    python.FS.mkdirTree(here);
    python.FS.mount(python.FS.filesystems.NODEFS, { root: there }, here);
  }
  python.globals.set("ARGUMENTS", python.toPy(args));
  return python.runPython(`
import os, sys
os.chdir("/book")
sys.path[:0] = ["/book"]
sys.path.append("/environment")
from explorable.python import standins
standins.install()
import pytest
int(pytest.main(list(ARGUMENTS)))
`);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "page-python-"));
main(folder)
  .then((code) => (process.exitCode = code), (error) => (console.error(error), (process.exitCode = 3)))
  .finally(() => fs.rmSync(folder, { recursive: true }));
