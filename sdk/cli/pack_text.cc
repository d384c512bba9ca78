#include "pack_text.h"

namespace greenlane::cli {
namespace {

std::string provenance_text(const Console& console, const Pack& pack) {
  if (pack.identity().provenance == "local") {
    return std::string(console.say("local pack, not signed by any authority", "本地判据包，未经任何机关签名"));
  }
  const std::string& authority = pack.authority().in(console.language);
  return std::string(console.say("published and signed by ", "已发布并签名：")) + authority + std::string(console.say(", verified", "，签名已核验"));
}

}  // namespace

std::string packs_text(const Console& console, const std::vector<Pack>& packs) {
  std::string out;
  for (const Pack& pack : packs) {
    const PackIdentity& id = pack.identity();
    out += console.bold(pack.title().in(console.language)) + "\n";
    out += wrapped("  ", id.id + std::string(console.say(" revision ", " 修订号 ")) + std::to_string(id.revision) + ", " + provenance_text(console, pack), 2);
    out += "  " + id.digest + "\n" + freshness_text(console, id);
    if (!pack.notice().in(console.language).empty()) out += wrapped("  ", pack.notice().in(console.language), 2);
  }
  return out;
}

std::string freshness_text(const Console& console, const PackIdentity& pack) {
  constexpr std::string_view stale = "stale since ";
  constexpr std::string_view expired = "expired since ";
  const std::string_view freshness = pack.freshness;
  std::string text;
  if (freshness.starts_with(stale)) {
    text = std::string(console.say("STALE since ", "可能已过时，自 ")) + std::string(freshness.substr(stale.size())) +
           std::string(console.say(": newer criteria may be out; run greenlane criteria update", " 起：可能已有新判据，请运行 greenlane criteria update"));
  } else if (freshness.starts_with(expired)) {
    text = std::string(console.say("EXPIRED since ", "已失效，自 ")) + std::string(freshness.substr(expired.size())) +
           std::string(console.say(": customs no longer vouches for this list of criteria; run greenlane criteria update",
                                   " 起：海关不再为该判据清单作保，请运行 greenlane criteria update"));
  } else if (freshness == "clock_suspect") {
    text = console.say("CLOCK SUSPECT: this machine's clock is earlier than the last update of the criteria; set the clock",
                       "时钟可疑：本机时间早于上次更新判据的时间，请校准时钟");
  } else {
    return "";
  }
  return console.styled("33", wrapped("  ", text, 2));
}

}  // namespace greenlane::cli
