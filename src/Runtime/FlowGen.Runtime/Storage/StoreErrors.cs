namespace FlowGen.Storage;

/// <summary>The errors of stores. All have exit code 4 and name the place or the object; <c>docs/rules</c> has a page for each.</summary>
internal static class StoreErrors
{
    public const int ExitCode = 4;

    public const string BadLocation = "FG1101", NoPermission = "FG1102", ReadOnly = "FG1103", Full = "FG1104", NotAFolder = "FG1105",
        Unsuitable = "FG1106", Damaged = "FG1107", Newer = "FG1108", Failed = "FG1109", Unavailable = "FG1110", Missing = "FG1111",
        Fenced = "FG1112", FileChanged = "FG1113", FileUnreadable = "FG1114", BadHeartbeat = "FG1119";

    /// <summary>An object's bytes are not what was written: truncated, flipped, tampered with.</summary>
    public static FlowException DamagedObject(string store, string key, string what, Exception? cause = null) => new(Damaged,
        $"The object '{key}' in the store {store} is damaged: {what}. Restore the store from a copy, or start a new run: results that cannot be read are made again.", ExitCode, cause);

    /// <summary>An object that another one refers to is not there.</summary>
    public static FlowException MissingObject(string store, string key) => new(Missing,
        $"The object '{key}' is missing in the store {store}. Somebody removed it; restore it from a copy, or start a new run.", ExitCode);

    /// <summary>An object was written by a later version of FlowGen.</summary>
    public static FlowException NewerObject(string store, string key, int version) => new(Newer,
        $"The object '{key}' in the store {store} has format version {version}, which this version of FlowGen does not know (it knows up to {Envelope.Version}). Update the FlowGen package.", ExitCode);
}
