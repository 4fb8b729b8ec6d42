"""The layouts of sheets: how rows of cells become projects and indicators."""
