"""Answering whoever asks for what is held about them or their child: item by item, with reasons, and never in place."""
