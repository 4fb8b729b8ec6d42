"""What people read: findings and errors as sentences, and text laid out for a terminal."""
