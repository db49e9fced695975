"""``python -m benchmarks.classifiers``: intent classifiers beside each other, on one sample of the shop's examples."""
