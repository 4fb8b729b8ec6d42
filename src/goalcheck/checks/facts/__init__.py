"""What checks ask: facts of the sheet, of an indicator, of a name, worked out once a run."""
