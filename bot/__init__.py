"""The career advisor."""

import os

# Set before numpy is first imported. Our matrices are small: a second thread gains nothing, and on a machine with other
# work its spinning takes as much processor as the learning itself; one thread also sums the same way on any machine.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
