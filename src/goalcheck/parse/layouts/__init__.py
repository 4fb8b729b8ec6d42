"""The layouts of sheets: rows of cells in, projects and indicators out."""
