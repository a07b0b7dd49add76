// What only painted explorers need: a script of its own, which comes before the engine's.

import { isPicture, paint } from "./paint.js";
import { withPython } from "./python.js";

globalThis.mathdlPainting = { isPicture, paint, withPython };
