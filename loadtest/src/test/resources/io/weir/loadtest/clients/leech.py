"""Downloads a .torrent or magnet link with libtorrent: leech.py SOURCE FOLDER ADDRESS.

Settings are its default ones, but for the address that it binds.
"""

import sys
import time

import libtorrent as lt

source, folder, address = sys.argv[1:]
session = lt.session({"listen_interfaces": address + ":6881", "outgoing_interfaces": address})
if source.startswith("magnet:"):
    wanted = lt.parse_magnet_uri(source)
else:
    wanted = lt.add_torrent_params()
    wanted.ti = lt.torrent_info(source)
wanted.save_path = folder
handle = session.add_torrent(wanted)
# The state is asked for rather than alerts read: the binding crashes now and then on log alerts.
deadline = time.monotonic() + 90
while not handle.status().is_seeding:
    if time.monotonic() > deadline:
        status = handle.status()
        print(status.state, status.progress, [peer.ip for peer in handle.get_peer_info()])
        sys.exit("not complete in time")
    time.sleep(0.1)
failed = handle.status().total_failed_bytes
# The end of the session waits for what is still to be written.
del handle, session
if failed > 0:
    sys.exit("%d bytes were of bad pieces" % failed)
