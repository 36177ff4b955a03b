package io.weir.edge.http;

import java.util.Locale;
import java.util.Map;

/** The Content-Type of a file by its name's extension: what browsers play or show, no more. */
final class MediaTypes {
  static final String DEFAULT = "application/octet-stream";

  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("aac", "audio/aac"),
          Map.entry("avi", "video/x-msvideo"),
          Map.entry("avif", "image/avif"),
          Map.entry("css", "text/css"),
          Map.entry("csv", "text/csv"),
          Map.entry("flac", "audio/flac"),
          Map.entry("gif", "image/gif"),
          Map.entry("gz", "application/gzip"),
          Map.entry("html", "text/html"),
          Map.entry("iso", "application/x-iso9660-image"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("js", "text/javascript"),
          Map.entry("json", "application/json"),
          Map.entry("m3u8", "application/vnd.apple.mpegurl"),
          Map.entry("m4a", "audio/mp4"),
          Map.entry("m4s", "video/iso.segment"),
          Map.entry("m4v", "video/mp4"),
          Map.entry("mkv", "video/x-matroska"),
          Map.entry("mov", "video/quicktime"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("mpd", "application/dash+xml"),
          Map.entry("oga", "audio/ogg"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("ogv", "video/ogg"),
          Map.entry("opus", "audio/ogg"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("png", "image/png"),
          Map.entry("srt", "application/x-subrip"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("torrent", "application/x-bittorrent"),
          Map.entry("ts", "video/mp2t"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("vtt", "text/vtt"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("wav", "audio/wav"),
          Map.entry("webm", "video/webm"),
          Map.entry("webp", "image/webp"),
          Map.entry("xml", "application/xml"),
          Map.entry("zip", "application/zip"));

  static String of(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return BY_EXTENSION.getOrDefault(extension, DEFAULT);
  }

  private MediaTypes() {}
}
