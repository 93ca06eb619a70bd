"""Events, registration, results, stickers from the phone."""
