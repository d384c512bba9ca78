// The commands of the program, one function each.
#pragma once

#include <string>
#include <vector>

#include "console.h"
#include "pack_arguments.h"

namespace greenlane::cli {

struct ScreenArguments {
  PackArguments packs;
  std::string as_of;
  std::string input;
  std::string mapping;
  unsigned jobs = 1;
  std::string fail_on = "high";
  std::string output;
  bool resume = false;
  bool why = false;
  std::vector<std::string> paths;
};
Exit run_screen(const Console& console, const ScreenArguments& arguments);

struct WatchArguments {
  ScreenArguments screen;  ///< packs, as_of, input, mapping, fail_on, why
  std::string in, out, done, failed;
  std::string status;
  double interval = 1;  ///< seconds
  unsigned tries = 3;
  bool once = false;
};
Exit run_watch(const Console& console, const WatchArguments& arguments);

struct ExplainArguments {
  PackArguments packs;
  std::string criterion;
  std::string at;
  std::string as_of;
  std::string input;
  std::string mapping;
  std::size_t index = 0;
  std::string file;
};
Exit run_explain(const Console& console, const ExplainArguments& arguments);

struct ConvertArguments {
  std::string input;
  std::string mapping;
  std::string output;
  std::vector<std::string> paths;
};
Exit run_convert(const Console& console, const ConvertArguments& arguments);

struct MappingArguments {
  std::string mapping;
  std::string input;
  std::vector<std::string> samples;
};
Exit run_mapping_check(const Console& console, const MappingArguments& arguments);

Exit run_pack_build(const Console& console, const std::string& path, const std::string& output);
Exit run_pack_lint(const Console& console, const std::string& path);
Exit run_pack_test(const Console& console, const std::string& path);
Exit run_pack_show(const Console& console, const std::string& path);
Exit run_pack_diff(const Console& console, const std::string& old_path, const std::string& new_path);

}  // namespace greenlane::cli
