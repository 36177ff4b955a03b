"""Makes a .torrent of a folder with libtorrent: make_torrent.py FOLDER v2|hybrid TORRENT."""

import os
import sys

import libtorrent as lt

folder, version, target = sys.argv[1:]
files = lt.file_storage()
lt.add_files(files, folder)
flags = lt.create_torrent_flags_t.v2_only if version == "v2" else 0
torrent = lt.create_torrent(files, 0, flags=flags)
lt.set_piece_hashes(torrent, os.path.dirname(folder))
with open(target, "wb") as out:
    out.write(lt.bencode(torrent.generate()))
