"""Trainings and studies: what a chapter measures with its kernels, some of it once and kept."""
