// A token of SoftHSM that a test makes in a folder of its own, with keys of pkcs11-tool.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/support/folders.h"

namespace greenlane::test {

inline constexpr const char* soft_module = "/usr/lib/softhsm/libsofthsm2.so";

class SoftToken {
 public:
  explicit SoftToken(const std::string& label) : label_(label) {
    std::filesystem::create_directory(folder_.path("tokens"));
    const std::string settings = folder_.write("softhsm2.conf", "directories.tokendir = " + folder_.path("tokens") + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", settings.c_str(), 1);
    run("softhsm2-util --init-token --free --label " + label + " --so-pin 87654321 --pin 1234");
  }
  ~SoftToken() { ::unsetenv("SOFTHSM2_CONF"); }

  /// `type`: as pkcs11-tool has it, for example "EC:prime256v1".
  void make_key(const std::string& type, const std::string& label, const std::string& id, const std::string& more = {}) const {
    run(std::string("pkcs11-tool --module ") + soft_module + " --token-label " + label_ + " --login --pin 1234 --keypairgen --key-type " + type + " --label " + label +
        " --id " + id + " " + more);
  }

 private:
  void run(const std::string& command) const {
    EXPECT_EQ(std::system((command + " > " + folder_.path("log") + " 2>&1").c_str()), 0)  // NOLINT: words of this file only
        << command << "\n(scripts/install-packages.sh test installs softhsm2 and opensc)";
  }

  Folder folder_;
  std::string label_;
};

}  // namespace greenlane::test
