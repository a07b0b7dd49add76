// Compiles Python's standard library and NumPy to bytecode with the very Python that will read it.
// node compile.cjs <folder of Pyodide> <NumPy's wheel> <folder for the result>
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const [core, wheel, target] = process.argv.slice(2);

async function main() {
  const { loadPyodide } = require(path.join(path.resolve(core), "pyodide.js"));
  const python = await loadPyodide();
  const read = (file) => new Uint8Array(fs.readFileSync(file));
  python.FS.writeFile("/stdlib.in", read(path.join(core, "python_stdlib.zip")));
  python.FS.writeFile("/numpy.in", read(wheel));
  python.runPython(fs.readFileSync(path.join(__dirname, "compile.py"), "utf8"));
  for (const name of ["stdlib", "numpy"]) {
    fs.writeFileSync(path.join(target, `${name}.zip`), python.FS.readFile(`/${name}.zip`));
  }
}

main();
