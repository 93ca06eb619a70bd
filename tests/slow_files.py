"""Files whose tests take two and a half seconds or more together: `make test-fast` leaves them out, for its minute.

By the clock of two workers on two cores. A single slow test in a fast file is marked `slow` where it stands.
"""

from typing import Final

SLOW_FILES: Final = frozenset(
    """
    core/test_connections.py core/test_extraction_properties.py core/test_synthesis_e5.py
    doors/test_administration.py doors/test_config.py doors/test_console.py doors/test_desk_places.py
    doors/test_desk_roles.py doors/test_desk_sheet.py doors/test_desk_sign_in.py doors/test_event_reports.py
    doors/test_live.py doors/test_live_proposals.py doors/test_printing_kits.py doors/test_site_events.py
    doors/test_site_find.py doors/test_site_find_places.py doors/test_site_frameworks.py
    doors/test_site_plan.py doors/test_site_routes.py doors/test_territory_pages.py
    doors/test_territory_with_plan.py doors/test_ui_plan_picture.py rooms/test_action_places.py
    rooms/test_bring_up_to_date.py rooms/test_check_links.py rooms/test_listening_themes.py
    rooms/test_mail_attempts.py rooms/test_media.py rooms/test_plan_comparison.py rooms/test_plan_import.py
    rooms/test_proposals.py rooms/test_review_machine.py rooms/test_spreadsheet.py
    rooms/test_territory_load.py test_translations.py
    """.split()
)
