// What only painted explorers need: a script of its own, which comes before the engine's.

import { withPython } from "../../controls/browser/python.js";

globalThis.explorablePainting = { withPython };
