package io.weir.protocol.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * One signal of the operating system, heard by this process in place of what it would do by itself.
 *
 * <p>By the JDK's {@code sun.misc.Signal}, since a shutdown hook hears the first signal alone and
 * cannot choose the exit status; by reflection, since the compiler's warning of that class cannot
 * be silenced.
 */
final class SignalTrap implements AutoCloseable {
  private final Object signal;
  private final Object before;

  private SignalTrap(Object signal, Object before) {
    this.signal = signal;
    this.before = before;
  }

  /**
   * Hears a signal from now on.
   *
   * @param name without SIG
   * @param heard run on a thread of the JVM, at each
   */
  static SignalTrap set(String name, Runnable heard) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler handler =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  heard.run();
                  yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "trap of SIG" + name;
              };
      Object trap =
          Proxy.newProxyInstance(
              SignalTrap.class.getClassLoader(), new Class<?>[] {handlerType}, handler);
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      return new SignalTrap(signal, handle(signal, trap));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this JDK has no jdk.unsupported module", e);
    }
  }

  /** Has the signal do what it did before. */
  @Override
  public void close() {
    try {
      Object trapped = handle(signal, before);
      assert trapped != before : "closed twice";
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the handler that was there. */
  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }
}
