"""What is hard about deep networks: explaining them, trusting them on new data, paying for them.

Three parts, one for each challenge: attribution, generalization and compute.
"""
