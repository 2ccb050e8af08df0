import com.google.gson.Gson;
import com.google.gson.JsonParser;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Makes trials with grpc-java: keeps the contract of packages/lab/src/experiment/client-order.ts as the drivers in
 * packages/lab/src/drivers do. Its only argument is an order in JSON, or - to read it from standard input.
 */
public final class TrialDriver {
  /** A call is given up as never settled so long after its deadline. */
  private static final long GRACE_MS = 5_000;

  private static final long WARM_UP_ID = 0;
  private static final long ASIDE_ID = 0xffff_ffffL;

  private TrialDriver() {}

  public static void main(String[] args) throws Exception {
    String text = args[0].equals("-") ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : args[0];
    Order order = Order.read(JsonParser.parseString(text).getAsJsonObject());
    String version = io.grpc.internal.GrpcUtil.getGrpcBuildVersion().getImplementationVersion();
    show(Map.of("kind", "versions", "versions", Map.of("grpc-java", version, "java", System.getProperty("java.version"))));
    Channels.Refused refused = refusalOf(order);
    if (refused != null) {
      show(Map.of("kind", "unsupported", "setting", refused.setting, "why", refused.getMessage()));
      return;
    }
    Iterator<Order.Trial> waiting = order.trials().iterator();
    List<Thread> workers = new ArrayList<>();
    for (int at = 0; at < Math.min(order.atOnce(), order.trials().size()); at++)
      workers.add(start(() -> work(order, waiting)));
    for (Thread worker : workers) worker.join();
    show(Map.of("kind", "done"));
    // Threads of the library may still run; the run is over.
    Runtime.getRuntime().halt(0);
  }

  private static Thread start(Runnable run) {
    Thread thread = new Thread(run);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static Channels.Refused refusalOf(Order order) {
    if (order.setup().has("session")) return new Channels.Refused("session", "the client keeps its sessions to itself");
    if (order.trials().isEmpty()) return null;
    try {
      new Channels(order, order.trials().get(0)).close();
      return null;
    } catch (Channels.Refused refused) {
      return refused;
    }
  }

  private static void work(Order order, Iterator<Order.Trial> waiting) {
    while (true) {
      Order.Trial trial;
      synchronized (waiting) {
        if (!waiting.hasNext()) return;
        trial = waiting.next();
      }
      try {
        runTrial(order, trial);
      } catch (Exception | LinkageError error) {
        show(Map.of("kind", "broken", "trial", trial.number(), "why", error.toString()));
      }
    }
  }

  private static void runTrial(Order order, Order.Trial trial) throws Exception {
    Order.Plan plan = order.plan();
    Channels channels = new Channels(order, trial);
    List<LabCall> aside = new ArrayList<>();
    try {
      if (plan.warmUp()) warmUp(order, channels);
      Thread.sleep(plan.idleMs());
      for (int made = 0; made < plan.asideCalls(); made++)
        aside.add(new LabCall(channels.at(channels.next()), ASIDE_ID, "unary", order, -1));
      if (!aside.isEmpty()) Thread.sleep(1);
      if (plan.asideCancelled()) aside.forEach(LabCall::cancel);
      if (plan.closeChannelAfterMs() >= 0) start(() -> after(plan.closeChannelAfterMs(), channels::close));
      if (plan.everyMs() > 0) {
        for (int at = 0; at < trial.callIds().size(); at++) {
          if (at > 0) Thread.sleep(plan.everyMs());
          settle(order, channels, trial, trial.callIds().get(at));
        }
        return;
      }
      List<Thread> calls = new ArrayList<>();
      for (long id : trial.callIds()) calls.add(start(() -> settle(order, channels, trial, id)));
      for (Thread call : calls) call.join();
    } finally {
      channels.close();
    }
  }

  private static void warmUp(Order order, Channels channels) throws Exception {
    for (ManagedChannel channel : channels.all()) {
      try {
        // The first call loads most of the library's classes.
        new LabCall(channel, WARM_UP_ID, "unary", order, 2 * GRACE_MS).ended.get(3 * GRACE_MS, TimeUnit.MILLISECONDS);
      } catch (ExecutionException error) {
        throw new Exception("the warm-up failed: " + error.getCause(), error);
      }
    }
  }

  private static void after(long timeMs, Runnable run) {
    try {
      Thread.sleep(timeMs);
      run.run();
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints how the call ended; prints nothing if it does not end in time. */
  private static void settle(Order order, Channels channels, Order.Trial trial, long id) {
    long startNs = System.nanoTime();
    CompletableFuture<Order.Failure[]> ended = new CompletableFuture<>();
    start(() -> ended.complete(new Order.Failure[] {callAsOften(order, channels, id)}));
    Order.Failure failure;
    try {
      failure = ended.get(patienceMs(order), TimeUnit.MILLISECONDS)[0];
    } catch (TimeoutException never) {
      return;
    } catch (InterruptedException | ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
    Map<String, Object> line = new TreeMap<>(Map.of("trial", trial.number(), "id", id, "tookMs", passedMs(startNs)));
    line.put("kind", failure == null ? "ok" : "failed");
    if (failure != null) {
      line.put("code", failure.code());
      line.put("text", failure.text());
    }
    show(line);
  }

  private static long passedMs(long startNs) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
  }

  /** The last failure, or null: the call, and what an application makes of a failure by itself. */
  private static Order.Failure callAsOften(Order order, Channels channels, long id) {
    Order.Plan plan = order.plan();
    Order.Again again = order.again();
    int place = channels.next();
    long startNs = System.nanoTime();
    for (int times = 0; ; times++) {
      ManagedChannel channel = channels.at(place);
      Order.Failure failure = callOnce(order, channel, id, startNs);
      if (failure == null || again == null || times == again.times() || !again.isMeant(failure)) return failure;
      if (plan.cancelAfterMs() >= 0 && passedMs(startNs) >= plan.cancelAfterMs()) return failure;
      after(again.pauseMs(), () -> {});
      if (timeLeftMs(order, startNs) == 0) return failure;
      if (again.newChannel()) channels.replace(place, channel);
    }
  }

  private static Order.Failure callOnce(Order order, ManagedChannel channel, long id, long startNs) {
    long cancelAfterMs = order.plan().cancelAfterMs();
    try {
      LabCall call = new LabCall(channel, id, order.plan().kind(), order, timeLeftMs(order, startNs));
      if (cancelAfterMs >= 0) start(() -> after(Math.max(0, cancelAfterMs - passedMs(startNs)), call::cancel));
      call.ended.get();
      return null;
    } catch (ExecutionException error) {
      return failureOf(error.getCause());
    } catch (InterruptedException | RuntimeException error) {
      return failureOf(error);
    }
  }

  private static Order.Failure failureOf(Throwable error) {
    boolean hasStatus = error instanceof StatusRuntimeException || error instanceof StatusException;
    String code = hasStatus ? Status.fromThrowable(error).getCode().name() : error.getClass().getSimpleName();
    return new Order.Failure(code, error.toString());
  }

  /** Each try has the deadline anew, unless they share one; below 0: none. */
  private static long timeLeftMs(Order order, long startNs) {
    long deadlineMs = order.plan().deadlineMs();
    boolean shared = order.again() != null && order.again().sameDeadline();
    return deadlineMs >= 0 && shared ? Math.max(0, deadlineMs - passedMs(startNs)) : deadlineMs;
  }

  private static long patienceMs(Order order) {
    long deadlineMs = order.plan().deadlineMs();
    if (deadlineMs < 0) return GRACE_MS;
    Order.Again again = order.again();
    if (again == null) return deadlineMs + GRACE_MS;
    long deadlines = again.sameDeadline() ? 1 : again.times() + 1;
    return deadlines * deadlineMs + again.times() * again.pauseMs() + GRACE_MS;
  }

  private static synchronized void show(Map<String, ?> line) {
    System.out.println(new Gson().toJson(line));
  }
}
