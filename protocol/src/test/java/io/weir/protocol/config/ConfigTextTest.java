package io.weir.protocol.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, durations and addresses as text. */
class ConfigTextTest {
  @ParameterizedTest
  @CsvSource({
    "0B,0",
    "512B,512",
    "64KiB,65536",
    "10MiB,10485760",
    "2GiB,2147483648",
    "1TiB,1099511627776",
    "1025B,1025",
    "9223372036854775807B,9223372036854775807"
  })
  void sizeIsReadAndWrittenWithItsUnit(String text, long bytes) {
    assertEquals(new DataSize(bytes), DataSize.parse(text));
    assertEquals(text, new DataSize(bytes).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "B",
        "-1B",
        "1.5GiB",
        "1 GiB",
        "1gib",
        "1KB",
        "8388608TiB",
        "9999999999999999999B"
      })
  void otherSizesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> DataSize.parse(text));
  }

  @Test
  void negativeSizeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DataSize(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "0s,PT0S",
    "500ms,PT0.5S",
    "1500ms,PT1.5S",
    "30s,PT30S",
    "5m,PT5M",
    "90s,PT1M30S",
    "1h,PT1H",
    "7d,PT168H"
  })
  void durationIsReadAndWrittenWithItsUnit(String text, Duration duration) {
    assertEquals(duration, DurationText.parse(text));
    assertEquals(text, DurationText.format(duration));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-5s", "1.5s", "5 s", "5S", "5sec", "1h30m", "9999999999999999d"})
  void otherDurationsAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> DurationText.parse(text));
  }

  @Test
  void durationsThatCannotBeWrittenExactlyAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> DurationText.format(Duration.ofNanos(1)));
    assertThrows(IllegalArgumentException.class, () -> DurationText.format(Duration.ofSeconds(-1)));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:0,localhost,0,true",
    "LOCALHOST:1,LOCALHOST,1,true",
    "127.0.0.1:8080,127.0.0.1,8080,true",
    "127.255.3.4:1,127.255.3.4,1,true",
    "[::1]:8080,::1,8080,true",
    "[0:0:0:0:0:0:0:1]:1,0:0:0:0:0:0:0:1,1,true",
    "[::ffff:127.0.0.1]:1,::ffff:127.0.0.1,1,true",
    "0.0.0.0:65535,0.0.0.0,65535,false",
    "[::]:1,::,1,false",
    "[2001:db8::7]:1,2001:db8::7,1,false",
    "10.1.2.3:1,10.1.2.3,1,false",
    "localhost.example:1,localhost.example,1,false",
    "127.0.0.1.example:1,127.0.0.1.example,1,false"
  })
  void addressIsReadWithoutAResolver(String text, String host, int port, boolean loopback) {
    ListenAddress address = ListenAddress.parse(text);
    assertEquals(new ListenAddress(host, port), address);
    assertEquals(loopback, address.isLoopback());
    assertEquals(text, address.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":80",
        "host",
        "host:",
        "host:-1",
        "host:+1",
        "host:65536",
        "host:99999999999",
        "host:80x",
        "::1:80",
        "[::1]",
        "[::1:80",
        "::1]:80",
        "[host]:80",
        "[127.0.0.1]:80",
        "127.1:80",
        "256.0.0.1:80",
        "1.2.3.4.5:80",
        "1.2.3.:80",
        "01.2.3.4:80",
        "a b:80",
        "h/x:80",
        "[::g]:80",
        "[fe80::1%lo]:80",
        "[1::2::3]:80",
        "[:::]:80",
        "[]:80"
      })
  void otherAddressesAreRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
  }
}
