import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The ClientOrder of packages/lab/src/experiment/client-order.ts. A time that is not set is -1. */
record Order(JsonObject setup, Plan plan, Again again, int channels, int atOnce, List<Trial> trials) {
  record Trial(int number, String target, String caPem, String serverName, List<Long> callIds) {}

  record Plan(
      String kind,
      long everyMs,
      boolean warmUp,
      long idleMs,
      int requestBytes,
      long deadlineMs,
      long cancelAfterMs,
      long closeChannelAfterMs,
      int asideCalls,
      boolean asideCancelled,
      int messages,
      long messageEveryMs) {}

  /** No codes: any; no texts: whatever the text. */
  record Again(List<String> codes, int times, long pauseMs, boolean newChannel, List<String> texts, boolean sameDeadline) {
    boolean isMeant(Failure failure) {
      return (codes == null || codes.contains(failure.code()))
          && (texts == null || texts.stream().anyMatch(failure.text()::contains));
    }
  }

  record Failure(String code, String text) {}

  static Order read(JsonObject given) {
    JsonObject setup = given.getAsJsonObject("setup");
    List<Trial> trials = new ArrayList<>();
    for (JsonElement trial : given.getAsJsonArray("trials")) trials.add(readTrial(trial.getAsJsonObject()));
    int channels = setup.has("channels") ? setup.get("channels").getAsInt() : 1;
    Again again = setup.has("again") ? readAgain(setup.getAsJsonObject("again")) : null;
    return new Order(setup, readPlan(given.getAsJsonObject("plan")), again, channels, given.get("atOnce").getAsInt(), trials);
  }

  private static Trial readTrial(JsonObject trial) {
    List<Long> ids = new ArrayList<>();
    for (JsonElement id : trial.getAsJsonArray("callIds")) ids.add(id.getAsLong());
    return new Trial(
        trial.get("trial").getAsInt(), text(trial, "target"), text(trial, "caPem"), text(trial, "serverName"), ids);
  }

  private static Plan readPlan(JsonObject plan) {
    JsonObject aside = plan.has("aside") ? plan.getAsJsonObject("aside") : new JsonObject();
    return new Plan(
        text(plan, "kind"),
        millis(plan, "everyMs"),
        plan.get("warmUp").getAsBoolean(),
        millis(plan, "idleMs"),
        plan.get("requestBytes").getAsInt(),
        millis(plan, "deadlineMs"),
        millis(plan, "cancelAfterMs"),
        millis(plan, "closeChannelAfterMs"),
        aside.has("calls") ? aside.get("calls").getAsInt() : 0,
        "cancel".equals(text(aside, "then")),
        plan.get("messages").getAsInt(),
        millis(plan, "messageEveryMs"));
  }

  private static Again readAgain(JsonObject again) {
    return new Again(
        strings(again, "codes"),
        again.get("times").getAsInt(),
        millis(again, "pauseMs"),
        flag(again, "newChannel"),
        strings(again, "texts"),
        flag(again, "sameDeadline"));
  }

  static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : null;
  }

  static boolean flag(JsonObject object, String name) {
    return object.has(name) && object.get(name).getAsBoolean();
  }

  /** A word in the place of a number says that there is no such time. */
  static long millis(JsonObject object, String name) {
    boolean isNumber = object.has(name) && object.getAsJsonPrimitive(name).isNumber();
    return isNumber ? object.get(name).getAsLong() : -1;
  }

  private static List<String> strings(JsonObject object, String name) {
    if (!object.has(name) || !object.get(name).isJsonArray()) return null;
    List<String> texts = new ArrayList<>();
    for (JsonElement text : object.getAsJsonArray(name)) texts.add(text.getAsString());
    return texts;
  }
}
