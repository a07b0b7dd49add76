// What only painted explorers need: a script of its own, which comes before the engine's.

import { isPicture, paint } from "../../controls/paint.js";
import { withPython } from "../../controls/python.js";

globalThis.explorablePainting = { isPicture, paint, withPython };
