"""Words that may be personal data, a denunciation, or ask for religion or ethnicity: pointed out to who decides, and
never acted on by themselves."""
