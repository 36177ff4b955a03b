package io.weir.control.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://origin.example/film.mp4",
        "HTTPS://origin.example:8443/a?b=c",
        "http://[::1]:80/a",
        "file:/srv/film.mp4",
        "file:///srv/film.mp4",
      })
  void urlsOfOriginsAreTaken(String url) {
    assertEquals(url, Origin.ofObject(url).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "film.mp4",
        "ftp://h/a",
        "http:///a",
        "http://h/a b",
        "http://u:p@h/a",
        "http://h/a#b",
        "file://host/a",
        "file:a",
        "file:///a?b",
        "http://h/%zz",
        "javascript:1",
      })
  void otherUrlsAreRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> Origin.ofObject(url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h/", "https://h/a/b%20c/", "file:///srv/files/"})
  void baseUrlsEndWithASlash(String url) {
    assertEquals(url, Origin.ofBase(url).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h", "http://h/a", "http://h/a/?b", "file:///srv", "ftp://h/a/"})
  void otherBaseUrlsAreRefused(String url) {
    assertThrows(IllegalArgumentException.class, () -> Origin.ofBase(url));
  }

  @Test
  void lengthIsBounded() {
    String path = "/" + "a".repeat(Origin.MAX_LENGTH);
    assertThrows(IllegalArgumentException.class, () -> Origin.ofObject("http://h" + path));
  }
}
