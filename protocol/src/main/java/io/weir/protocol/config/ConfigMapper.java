package io.weir.protocol.config;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializerBase;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/**
 * How configuration records look as trees: dash-case keys and enum constants; sizes, durations,
 * addresses and paths as text; no silent conversion between numbers, text and booleans.
 */
final class ConfigMapper {
  static YAMLMapper create() {
    return YAMLMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .annotationIntrospector(new DashCaseEnums())
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .addModule(
            new SimpleModule()
                .addSerializer(new TextSerializer<>(DataSize.class, DataSize::toString))
                .addSerializer(new TextSerializer<>(Duration.class, DurationText::format))
                .addSerializer(new TextSerializer<>(ListenAddress.class, ListenAddress::toString))
                .addSerializer(new TextSerializer<>(Path.class, Path::toString))
                .addDeserializer(DataSize.class, new TextDeserializer<>(DataSize::parse))
                .addDeserializer(Duration.class, new TextDeserializer<>(DurationText::parse))
                .addDeserializer(ListenAddress.class, new TextDeserializer<>(ListenAddress::parse))
                .addDeserializer(Path.class, new TextDeserializer<>(Path::of)))
        .build();
  }

  private ConfigMapper() {}

  private static final class TextSerializer<T> extends ToStringSerializerBase {
    private static final long serialVersionUID = 1L;

    private final transient Class<T> type;
    private final transient Function<T, String> format;

    TextSerializer(Class<T> type, Function<T, String> format) {
      super(type);
      this.type = type;
      this.format = format;
    }

    @Override
    public String valueToString(Object value) {
      return format.apply(type.cast(value));
    }
  }

  private static final class TextDeserializer<T> extends StdScalarDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    TextDeserializer(Function<String, T> parse) {
      super(Object.class);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.currentToken().isScalarValue()) {
        throw context.wrongTokenException(parser, String.class, JsonToken.VALUE_STRING, null);
      }
      return parse.apply(parser.getText());
    }
  }

  private static final class DashCaseEnums extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public String[] findEnumValues(
        MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = constants[i].name().toLowerCase(Locale.ROOT).replace('_', '-');
      }
      return names;
    }
  }
}
