"""Seeds a complete torrent with libtorrent until SIGTERM: seed.py TORRENT FOLDER HOST PORT.

Settings are those that libtorrent offers for seeding at high performance, with what a measurement
from one machine needs besides: many peers from one address, and nobody else asked or told.
"""

import signal
import sys

import libtorrent as lt

torrent, folder, host, port = sys.argv[1:]
settings = lt.high_performance_seed()
settings.update(
    {
        "listen_interfaces": host + ":" + port,
        "allow_multiple_connections_per_ip": True,
        "connections_limit": 10000,
        "unchoke_slots_limit": -1,
        "enable_dht": False,
        "enable_lsd": False,
        "enable_upnp": False,
        "enable_natpmp": False,
        "enable_incoming_utp": False,
        "enable_outgoing_utp": False,
    }
)
session = lt.session(settings)
wanted = lt.add_torrent_params()
wanted.ti = lt.torrent_info(torrent)
wanted.save_path = folder
# The files are complete, so they are not read for that before the run.
wanted.flags = lt.torrent_flags.seed_mode
wanted.max_connections = 10000
handle = session.add_torrent(wanted)
handle.clear_error()
handle.replace_trackers([])
signal.sigwait([signal.SIGTERM, signal.SIGINT])
