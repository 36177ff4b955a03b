package io.weir.protocol.bencode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/** Writes values canonically into a growing array. For one thread. */
final class BencodeEncoder {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void write(BencodeValue value) {
    if (value instanceof BencodeInteger integer) {
      ascii("i" + integer.value() + "e");
    } else if (value instanceof BencodeString string) {
      writeString(string);
    } else if (value instanceof BencodeList list) {
      out.write('l');
      list.values().forEach(this::write);
      out.write('e');
    } else if (value instanceof BencodeDictionary dictionary) {
      out.write('d');
      dictionary
          .entries()
          .forEach(
              (key, entry) -> {
                writeString(key);
                write(entry);
              });
      out.write('e');
    }
  }

  void writeEncodedDictionary(SortedMap<BencodeString, byte[]> entries) {
    out.write('d');
    entries.forEach(
        (key, encoded) -> {
          writeString(key);
          out.writeBytes(encoded);
        });
    out.write('e');
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void writeString(BencodeString string) {
    ascii(string.lengthBytes() + ":");
    string.writeTo(out);
  }

  private void ascii(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
