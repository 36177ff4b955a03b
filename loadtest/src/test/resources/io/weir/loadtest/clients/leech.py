"""Downloads a .torrent or magnet link with libtorrent's default settings: leech.py SOURCE FOLDER."""

import sys
import time

import libtorrent as lt

source, folder = sys.argv[1:]
session = lt.session({"alert_mask": lt.alert.category_t.all_categories})
if source.startswith("magnet:"):
    wanted = lt.parse_magnet_uri(source)
else:
    wanted = lt.add_torrent_params()
    wanted.ti = lt.torrent_info(source)
wanted.save_path = folder
handle = session.add_torrent(wanted)
deadline = time.monotonic() + 90
while not handle.status().is_seeding:
    session.wait_for_alert(500)
    for alert in session.pop_alerts():
        print(alert.what(), alert.message(), flush=True)
    if time.monotonic() > deadline:
        sys.exit("not complete in time: %s" % handle.status().state)
handle.flush_cache()
while True:
    session.wait_for_alert(500)
    alerts = session.pop_alerts()
    if any(isinstance(a, lt.cache_flushed_alert) for a in alerts):
        break
    if time.monotonic() > deadline:
        sys.exit("not flushed in time")
