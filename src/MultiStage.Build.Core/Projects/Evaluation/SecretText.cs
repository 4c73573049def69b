using System.Text.RegularExpressions;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>Recognises secrets: by the names that people give them, and by the forms that services give them.</summary>
internal static partial class SecretText
{
    /// <summary>Whether a property or variable must not be kept in an image's history.</summary>
    /// <returns>Whether it looks like a secret.</returns>
    public static bool Is(string name, string value) =>
        (Name().IsMatch(name) && !PublicName().IsMatch(name)) || Url().IsMatch(value) || Pair().IsMatch(value) || Form().IsMatch(value);

    [GeneratedRegex(
        "(passw(or)?d|passphrase|secret|token|credential|bearer|jwt"
            + "|(api|access|account|storage|private|signing|encryption|decryption|master|client|shared|ssh|deploy|subscription)_?-?key"
            + "|shared_?access|conn(ection)?_?str(ing)?|(^|_|(?-i:[a-z](?=[A-Z])))(pat|pwd|sas|dsn)$|^auth$|_auth$|webhook_?url)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Name();

    // The token of an assembly's public key is in the assembly, and a shell keeps its working folder in PWD.
    [GeneratedRegex("public_?key_?token$|^(?-i:(OLD)?PWD)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PublicName();

    // https://user:password@host, https://token@host, https://host?sig=…; git@host is a name that everybody has.
    [GeneratedRegex(
        @"://[^/@;\s]*:[^/@;\s]*@|://[^/@:;\s]{16,}@"
            + @"|[?&](sig|signature|token|access[_-]?token|id[_-]?token|api[_-]?key|apikey|subscription-key|code|password|secret"
            + @"|client[_-]?secret|x-amz-(signature|credential|security-token)|x-goog-signature)=[^&\s]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Url();

    // Server=…;Password=…, and DefaultEndpointsProtocol=https;AccountKey=…
    [GeneratedRegex(
        @"(^|[;,&\s""'])(password|passwd|pwd|pass|account ?key|shared ?access ?key|shared ?access ?signature|access ?key|api ?key|secret"
            + @"|shared ?secret|client ?secret|aws_secret_access_key|token|auth ?token)\s*[=:]\s*[^;\s]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pair();

    // JSON web tokens, keys in PEM, what begins as one service alone begins its tokens, and Azure's keys, which end as they do.
    [GeneratedRegex(
        @"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}|-----BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File|AGE-SECRET-KEY-1"
            + @"|\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}"
            + @"|\bgl(pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[A-Za-z0-9_-]{16,}"
            + @"|\bxox[a-z]-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}|\b(AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b|\bsk-[A-Za-z0-9_-]{16,}"
            + @"|\b(sk|rk)_(live|test)_[A-Za-z0-9]{8,}|\bwhsec_[A-Za-z0-9+/=]{16,}|\bnpm_[A-Za-z0-9]{16,}|\bpypi-[A-Za-z0-9_-]{16,}"
            + @"|\bAIza[A-Za-z0-9_-]{30,}|\bya29\.[A-Za-z0-9_-]{16,}|\bhf_[A-Za-z0-9]{16,}|\bdop_v1_[a-f0-9]{16,}"
            + @"|\bshp(at|ca|pa|ss)_[a-fA-F0-9]{16,}"
            + @"|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|\bdckr_(pat|oat)_[A-Za-z0-9_-]{16,}"
            + @"|\bhv[sbr]\.[A-Za-z0-9_-]{16,}|\boy2[a-z0-9]{43}\b"
            + @"|\bsq[pau]_[a-f0-9]{30,}|\bdapi[a-f0-9]{30,}|\bnfp_[A-Za-z0-9]{16,}|\bATATT3[A-Za-z0-9_=-]{16,}"
            + @"|\bAC[a-f0-9]{32}:[a-f0-9]{32}"
            + @"|(^|[^A-Za-z0-9+/])[A-Za-z0-9+/]{86}==|\b(?i:bearer|basic)\s+[A-Za-z0-9+/=_.-]{16,}",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Form();
}
