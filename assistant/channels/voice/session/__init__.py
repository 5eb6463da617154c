"""One headset's conversation: when to listen, when to speak, when to wake."""
