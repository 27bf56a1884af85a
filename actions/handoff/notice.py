"""Which wording of the privacy notice a visitor has agreed to.

The wording stands in domain.yml: `utter_ask_contact_form_first_name` and its
`_unsaved` and `_expired` siblings. Change the version whenever it changes there.
"""

NOTICE_VERSION = "2026-11"
