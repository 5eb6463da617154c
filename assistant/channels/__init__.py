"""Where people talk to the assistant: each channel only translates between its medium and `assistant.messages`."""
