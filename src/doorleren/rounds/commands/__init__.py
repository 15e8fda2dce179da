"""The acts on rounds: announcing, opening, closing, drawing, and giving places. One file per act."""
