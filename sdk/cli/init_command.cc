#include <utility>

#include "home_argument.h"
#include "home_commands.h"

namespace greenlane::cli {

Exit run_init(const Console& console, const std::string& given, const InitArguments& arguments) {
  const auto folder = home_folder(given);
  if (!folder.ok()) return console.fail(folder.error());
  const auto home = Home::create(*folder, {.gateway = arguments.gateway, .root = arguments.root, .ca = arguments.ca, .enterprise = arguments.enterprise});
  if (!home.ok()) return console.fail(home.error());
  if (console.json) {
    console.out(home->to_json() + "\n");
    return Exit::done;
  }
  console.out(wrapped(std::string(console.say("home     ", "主目录   ")), home->folder(), 9));
  console.out(wrapped(std::string(console.say("gateway  ", "网关     ")), home->gateway(), 9));
  console.out(std::string(console.say("root     ", "信任根   ")) + home->pinned_root() + "\n");
  console.out(wrapped("", console.say("Compare the digest of the root with the one that customs has published in another place than the gateway. If it is another, "
                                      "remove the home. Next: greenlane criteria update",
                                      "请将信任根摘要与海关在网关以外渠道公布的摘要比对；如不一致，请删除该主目录。下一步：greenlane criteria update"), 0));
  return Exit::done;
}

}  // namespace greenlane::cli
