"""What is not ours and may help: a sentence encoder from PyPI, an OpenAI-compatible endpoint. Both off until switched on."""
