package io.weir.control.ingest;

import io.weir.control.db.AdapterCommands;
import io.weir.control.db.AdapterCommands.Command;
import io.weir.control.ingest.AdapterAnswer.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the outbox to the adapters. Confined to the reconciler's thread. */
final class CommandDelivery {
  /** Commands that are read from the outbox at a time. */
  static final int BATCH = 100;

  private static final Logger log = LoggerFactory.getLogger(CommandDelivery.class);

  private final Adapters adapters;
  private final AdapterCommands commands;
  private final AdapterClient client;
  private final AdapterHealth health;

  CommandDelivery(
      Adapters adapters, AdapterCommands commands, AdapterClient client, AdapterHealth health) {
    this.adapters = adapters;
    this.commands = commands;
    this.client = client;
    this.health = health;
  }

  /** Delivers one batch to every adapter that may be called. */
  void deliver() throws InterruptedException {
    for (String adapter : adapters.urls()) {
      for (Command command : commands.pending(adapter, BATCH)) {
        if (!health.mayCall(adapter)) {
          break;
        }
        if (isSettled(command, health.heard(adapter, send(command)))) {
          commands.delivered(command);
        }
      }
    }
  }

  private AdapterAnswer<byte[]> send(Command command) throws InterruptedException {
    IngestKey key = new IngestKey(command.contentId(), command.contentVersion());
    return switch (command.kind()) {
      case RELEASE -> client.release(command.adapter(), key);
      case FORGET -> client.forget(command.adapter(), key);
    };
  }

  private static boolean isSettled(Command command, AdapterAnswer<byte[]> answer) {
    if (answer instanceof AdapterAnswer.Refused<byte[]> refused) {
      // To repeat it would change nothing.
      log.warn(
          "origin adapter refused a command command={} content={} version={} reason={}",
          command.kind(),
          command.contentId(),
          command.contentVersion(),
          refused.reason());
    }
    return !(answer instanceof Unavailable);
  }
}
