"""Many inputs: jobs, who does them, and what a baseline says of them."""
