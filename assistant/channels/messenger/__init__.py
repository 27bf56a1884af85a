"""Facebook Messenger, over Meta's Graph API."""
