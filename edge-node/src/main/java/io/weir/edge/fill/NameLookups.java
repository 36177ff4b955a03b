package io.weir.edge.fill;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Looks adapters' names up as the system does, which blocks, on a thread that may block. */
final class NameLookups extends AddressResolverGroup<InetSocketAddress> {
  private interface Lookup<T> {
    T run() throws UnknownHostException;
  }

  private final Executor mayBlock;

  /** Borrows the executor. */
  NameLookups(Executor mayBlock) {
    this.mayBlock = mayBlock;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
    return new Names(loop).asAddressResolver();
  }

  private final class Names extends InetNameResolver {
    Names(EventExecutor loop) {
      super(loop);
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> answer) {
      look(answer, () -> InetAddress.getByName(host));
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> answer) {
      look(answer, () -> List.of(InetAddress.getAllByName(host)));
    }

    private <T> void look(Promise<T> answer, Lookup<T> lookup) {
      try {
        mayBlock.execute(
            () -> {
              try {
                answer.trySuccess(lookup.run());
              } catch (UnknownHostException e) {
                answer.tryFailure(e);
              }
            });
      } catch (RejectedExecutionException e) {
        answer.tryFailure(e);
      }
    }
  }
}
