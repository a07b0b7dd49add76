"""Whether a larger rate makes up for a flat loss: one neuron on the digits, from many starts."""

from mathdl.concepts.experiments.race import (
    BAND,
    N_STEPS,
    RATES,
    STARTS,
    Race,
    bias_path,
    bias_slope,
    race,
)

__all__ = ["BAND", "N_STEPS", "RATES", "STARTS", "Race", "bias_path", "bias_slope", "race"]
