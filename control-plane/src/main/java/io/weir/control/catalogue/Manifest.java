package io.weir.control.catalogue;

import io.weir.protocol.metainfo.Metainfo;
import io.weir.protocol.metainfo.MetainfoException;
import java.util.List;
import java.util.Locale;

/** What tells which files a content has, beside the URL of its origin. */
public sealed interface Manifest {
  /** The kinds of manifest. */
  enum Kind {
    /** Nothing more: the URL is the one object's. */
    OBJECT,
    /** The publisher named the files below a base URL. */
    FILES,
    /** A torrent that exists names the files and their hashes. */
    TORRENT;

    /** The word for it in the database. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #word} wrote. */
    public static Kind ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Its kind. */
  Kind kind();

  /** How many files it names, padding not counted. */
  int fileCount();

  /** The one object that the URL names. */
  record OneObject() implements Manifest {
    @Override
    public Kind kind() {
      return Kind.OBJECT;
    }

    @Override
    public int fileCount() {
      return 1;
    }
  }

  /** Files below a base URL. */
  record Files(FilePaths files) implements Manifest {
    @Override
    public Kind kind() {
      return Kind.FILES;
    }

    @Override
    public int fileCount() {
      return files.paths().size();
    }
  }

  /** An imported torrent; its info dictionary is kept byte for byte. */
  record ImportedTorrent(Metainfo metainfo) implements Manifest {
    /** Reads a .torrent. */
    public static ImportedTorrent parse(byte[] torrent) throws MetainfoException {
      return new ImportedTorrent(Metainfo.parse(torrent));
    }

    /** The .torrent without the trackers and web seeds that it came with. */
    public byte[] bare() {
      return metainfo.toTorrent(List.of(), List.of());
    }

    @Override
    public Kind kind() {
      return Kind.TORRENT;
    }

    @Override
    public int fileCount() {
      return Math.toIntExact(metainfo.files().stream().filter(file -> !file.padding()).count());
    }
  }
}
