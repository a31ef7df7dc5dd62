"""Words that may be personal data, or a denunciation: pointed out to who decides, and never acted on by themselves."""
