// A number from a list.

import { kinds } from "./control.js";
import { Track } from "./track.js";

kinds.slider = class Slider extends Track {
  get value() {
    return Number(this.key);
  }
};
