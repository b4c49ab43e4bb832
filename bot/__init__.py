"""The career advisor."""

import os

# Set before numpy is first imported. Our matrices are small: beside other work two threads spin for each other and take
# many times the processor of the learning itself. One thread also sums in the same order on any machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
