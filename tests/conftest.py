"""What holds for all tests: every property is tried on the same examples, however busy the machine is."""

import strategies  # noqa: F401  # loads the profile
