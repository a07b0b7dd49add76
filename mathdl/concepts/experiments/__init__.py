"""What the chapter on concepts measures: two losses behind one neuron."""

from mathdl.concepts.experiments.race import BAND, bias_path, bias_slope

__all__ = ["BAND", "bias_path", "bias_slope"]
