"""What can be typed next: names for what the parser finds at the cursor, and the menu that shows them."""
