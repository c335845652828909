"""What is kept: four doors, in the order of settings.ITEM_PIPELINES."""
