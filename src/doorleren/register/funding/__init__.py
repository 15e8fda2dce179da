"""What a training costs after funding: for one visitor and the whole register, and which scheme could fund it."""
