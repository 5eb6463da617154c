"""The voice channel: audio to words by Vosk, words to a reply, and the reply back to the ear. The only Vosk import."""
